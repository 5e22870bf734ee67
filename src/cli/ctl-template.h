/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl-style.h"

/* How properties become a line, as a row of a table can say it:
 *
 *   {Name}          the property's value
 *   {Name:form}     in one of these forms
 *                     bar     0 to 100 as the bars of a phone
 *                     state   in colour
 *                     count   how many elements it has
 *   {Name?yes|no}   one of two texts, by a boolean
 *   [...]           only if each property in it says something: it is there, and neither empty nor
 * 0
 *
 *   "{State:state}[ ({StateReason})]"
 */

/* NULL: none of its properties, an a{sv}, says anything, so that there is nothing to show. */
char *ctl_template_expand (const char *template, GVariant *properties, const CtlStyle *style);

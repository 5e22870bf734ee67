#include "store-bed.h"
int
main (void)
{
  return 0;
}

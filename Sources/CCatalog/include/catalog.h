// The translations, as bytes of the program. The Swift compiler needs minutes and gigabytes for as
// long an array.

#ifndef CATALOG_H
#define CATALOG_H

#include <stddef.h>

const unsigned char *catalog_es(void);
size_t catalog_es_size(void);

#endif

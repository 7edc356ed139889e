#include "catalog.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char es[] = {
#embed "../Wording/es.po"
};

const unsigned char *catalog_es(void) { return es; }

size_t catalog_es_size(void) { return sizeof es; }

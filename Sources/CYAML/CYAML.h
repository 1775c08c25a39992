/// libyaml for Swift: the library's own header.
#ifndef CYAML_H
#define CYAML_H

#include <yaml.h>

#endif

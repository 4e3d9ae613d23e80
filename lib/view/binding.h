/*
 * Binding aliases to what they name, once a view: to a group of the same zone, to a load balancer,
 * to observed addresses, or to nothing.
 */
#ifndef R53_LIB_VIEW_BINDING_H
#define R53_LIB_VIEW_BINDING_H

#include "view/view.h"

/* Binds all aliases of all zones; dangling ones are reported. false: no memory. */
bool r53__bindings_prepare(r53_view *view, r53_report *report);

#endif

/*
 * IP-based record sets bound to their CIDR collections, once a view.
 */
#ifndef R53_LIB_VIEW_COLLECTIONS_H
#define R53_LIB_VIEW_COLLECTIONS_H

#include "view/view.h"

/*
 * Fills zone->collections of the zones that have IP-based record sets; one whose collection the
 * cloud does not hold has NULL there. Collections are borrowed: the view pins what the cloud holds.
 * false: no memory.
 */
bool r53__collections_prepare(r53_view *view, const r53_cloud *cloud);

#endif

/*
 * VPCs that private zones are associated with: what is asked of one, and that it never sees two
 * zones of one name (R53-PRIV-04). Creating a zone and associating a VPC later ask the same.
 */
#ifndef R53_LIB_MODEL_VPC_H
#define R53_LIB_MODEL_VPC_H

#include "model/cloud.h"
#include "model/zone.h"

/* Its Region is known and its id looks like one. R53_OK, R53_E_INVALID (told). */
int32_t r53__vpc_check(const r53_vpc *vpc, r53_report *report);

/* No private zone of this name has the VPC. R53_OK, R53_E_INVALID (told). O(hosted zones). */
int32_t r53__vpc_check_free(const struct r53_cloud *cloud, struct name name, const r53_vpc *vpc,
                            r53_report *report);

#endif

/* Names of load balancers and target groups, as the change door demands them. */
#ifndef R53_LIB_MODEL_ELB_NAME_H
#define R53_LIB_MODEL_ELB_NAME_H

#include "model/check.h"

/* `what` begins the sentence: "Target group". ELB-LB-20, ELB-TG-02. */
void r53__elb_name_check(struct checker *checker, int32_t rule, const char *what, const char *name);

#endif

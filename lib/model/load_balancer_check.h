/* What AWS demands of a load balancer by itself, at the change door. */
#ifndef R53_LIB_MODEL_LOAD_BALANCER_CHECK_H
#define R53_LIB_MODEL_LOAD_BALANCER_CHECK_H

#include "model/check.h"
#include "model/load_balancer.h"

/* All of it, of one that is to be created as `in` says. ELB-LB-02, -11, -20, ELB-IP-01. */
void r53__load_balancer_check(struct checker *checker, const struct load_balancer *lb,
                              const r53_load_balancer *in);

/* Its zones: as many as its kind needs, of one sort, each once. ELB-LB-10, -11. */
void r53__zones_check(struct checker *checker, const struct load_balancer *lb);

/* Its IP address type: one of its kind and scheme. ELB-IP-01, -07. */
void r53__address_type_check(struct checker *checker, const struct load_balancer *lb);

/* The node in the zone, or NULL. */
const struct node *r53__node_find(const struct load_balancer *lb, const char *zone_name);

#endif

/**
 * All of libr53 (not libr53-json, not libr53-regex).
 */
#ifndef R53_R53_H
#define R53_R53_H

#include <r53/base.h>
#include <r53/cidr_collection.h>
#include <r53/cloud.h>
#include <r53/cookie.h>
#include <r53/elb.h>
#include <r53/elb_change.h>
#include <r53/elb_describe.h>
#include <r53/flow.h>
#include <r53/health_check.h>
#include <r53/import.h>
#include <r53/listener.h>
#include <r53/load_balancer.h>
#include <r53/observed.h>
#include <r53/outcomes.h>
#include <r53/regex.h>
#include <r53/report.h>
#include <r53/resolve.h>
#include <r53/respond.h>
#include <r53/rulebook.h>
#include <r53/security_group.h>
#include <r53/status.h>
#include <r53/target_group.h>
#include <r53/test_dns_answer.h>
#include <r53/trace.h>
#include <r53/tree.h>
#include <r53/type.h>
#include <r53/view.h>
#include <r53/vpc_resolver.h>
#include <r53/zone.h>
#include <r53/zone_file.h>

#endif

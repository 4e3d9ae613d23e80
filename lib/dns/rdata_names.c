/* Types made of numbers and names: NS, CNAME, PTR, SOA, MX, SRV, NAPTR. */
#include "dns/fields.h"
#include "dns/rdata_types.h"

#define ONE_NAME(type)                                                                             \
    {                                                                                              \
        .count = {type "RRDATANotSingleField", "Value contains spaces"}, .fields = 1, .field = {   \
            {FIELD_NAME, {0}}                                                                      \
        }                                                                                          \
    }

/* R53-RDATA-04 */
static const struct rdata_layout ns = ONE_NAME("NS");
static const struct rdata_layout cname = ONE_NAME("CNAME");
static const struct rdata_layout ptr = ONE_NAME("PTR");

/* R53-RDATA-10 */
static const struct rdata_layout soa = {
    .count = {"SOARRDATANotSevenFields", "Value does not have seven fields"},
    .fields = 7,
    .field = {{FIELD_NAME, {0}},
              {FIELD_NAME, {0}},
              {FIELD_U32, {"SOARRDATAIllegalSerial", "Serial is not a 32-bit number"}},
              {FIELD_U32, {"SOARRDATAIllegalRefresh", "Refresh is not a 32-bit number"}},
              {FIELD_U32, {"SOARRDATAIllegalRetry", "Retry is not a 32-bit number"}},
              {FIELD_U32, {"SOARRDATAIllegalExpire", "Expire is not a 32-bit number"}},
              {FIELD_U32, {"SOARRDATAIllegalMinimum", "Minimum is not a 32-bit number"}}},
};

/* R53-RDATA-05 */
static const struct rdata_layout mx = {
    .count = {"MXRRDATANotTwoFields", "Value does not have two fields"},
    .fields = 2,
    .field = {{FIELD_U16,
               {"MXRRDATAIllegalPreference", "Preference is not a number from 0 to 65535"}},
              {FIELD_NAME, {0}}},
};

/* R53-RDATA-06 */
static const struct rdata_layout srv = {
    .count = {"SRVRRDATANotFourFields", "Value does not have four fields"},
    .fields = 4,
    .field = {{FIELD_U16, {"SRVRRDATAIllegalPriority", "Priority is not a number from 0 to 65535"}},
              {FIELD_U16, {"SRVRRDATAIllegalWeight", "Weight is not a number from 0 to 65535"}},
              {FIELD_U16, {"SRVRRDATAIllegalPort", "Port is not a number from 0 to 65535"}},
              {FIELD_NAME, {0}}},
};

static const struct rdata_fault *naptr_check(const uint8_t *rdata, size_t length);

/* R53-RDATA-08 */
static const struct rdata_layout naptr = {
    .count = {"NAPTRRRDATANotSixFields", "Value does not have six fields"},
    .fields = 6,
    .field = {{FIELD_U16, {"NAPTRRRDATAIllegalOrder", "Order is not a number from 0 to 65535"}},
              {FIELD_U16,
               {"NAPTRRRDATAIllegalPreference", "Preference is not a number from 0 to 65535"}},
              {FIELD_STRING, {0}},
              {FIELD_STRING, {0}},
              {FIELD_STRING, {0}},
              {FIELD_NAME, {0}}},
    .check = naptr_check,
};

LAYOUT_OPERATIONS(ns, ns)
LAYOUT_OPERATIONS(cname, cname)
LAYOUT_OPERATIONS(soa, soa)
LAYOUT_OPERATIONS(ptr, ptr)
LAYOUT_OPERATIONS(mx, mx)
LAYOUT_OPERATIONS(srv, srv)
LAYOUT_OPERATIONS(naptr, naptr)

/* Exactly one of regexp and replacement is used; "." is no replacement. */
static const struct rdata_fault *naptr_check(const uint8_t *rdata, size_t length)
{
    static const struct rdata_fault both = {"NAPTRRRDATAIllegalReplacement",
                                            "Exactly one of regexp and replacement is needed"};
    const uint8_t *flags = rdata + 4;
    const uint8_t *service = flags + 1 + flags[0];
    const uint8_t *regexp = service + 1 + service[0];
    const uint8_t *replacement = regexp + 1 + regexp[0];

    (void)length;
    return (regexp[0] > 0) == (replacement[0] > 0) ? &both : NULL;
}

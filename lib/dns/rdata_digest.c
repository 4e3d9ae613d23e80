/* Types that end in a digest: DS, SSHFP, TLSA. */
#include "dns/fields.h"
#include "dns/rdata_types.h"

static const struct rdata_fault *sshfp_check(const uint8_t *rdata, size_t length);
static const struct rdata_fault *tlsa_check(const uint8_t *rdata, size_t length);

/* R53-RDATA-09: no length is asked of the digest, though its type would tell. */
static const struct rdata_layout ds = {
    .count = {"DSRRDATANotFourFields", "Value does not have four fields"},
    .fields = 4,
    .field = {{FIELD_U16, {"DSRRDATAIllegalKeyTag", "Key tag is not a number from 0 to 65535"}},
              {FIELD_U8, {"DSRRDATAIllegalAlgorithm", "Algorithm is not a number from 0 to 255"}},
              {FIELD_U8,
               {"DSRRDATAIllegalDigestType", "Digest type is not a number from 0 to 255"}},
              {FIELD_HEX, {"DSRRDATAIllegalDigest", "Digest is not whole octets in hex"}}},
};

/* R53-RDATA-17 */
static const struct rdata_layout sshfp = {
    .count = {"SSHFPRRDATANotThreeFields", "Value does not have three fields"},
    .fields = 3,
    .field = {{FIELD_U8,
               {"SSHFPRRDATAIllegalAlgorithm", "Algorithm is not a number from 0 to 255"}},
              {FIELD_U8, {"SSHFPRRDATAIllegalType", "Type is not a number from 0 to 255"}},
              {FIELD_HEX,
               {"SSHFPRRDATAIllegalFingerprint", "Fingerprint is not whole octets in hex"}}},
    .check = sshfp_check,
};

/* R53-RDATA-17 */
static const struct rdata_layout tlsa = {
    .count = {"TLSARRDATANotFourFields", "Value does not have four fields"},
    .fields = 4,
    .field = {{FIELD_U8, {"TLSARRDATAIllegalUsage", "Usage is not a number from 0 to 255"}},
              {FIELD_U8, {"TLSARRDATAIllegalSelector", "Selector is not a number from 0 to 255"}},
              {FIELD_U8,
               {"TLSARRDATAIllegalMatchingType", "Matching type is not a number from 0 to 255"}},
              {FIELD_HEX, {"TLSARRDATAIllegalData", "Data is not whole octets in hex"}}},
    .check = tlsa_check,
};

LAYOUT_OPERATIONS(ds, ds)
LAYOUT_OPERATIONS(sshfp, sshfp)
LAYOUT_OPERATIONS(tlsa, tlsa)

/* Octets of each known digest by its number; 0: any length. */
static bool is_digest_length(const uint8_t *lengths, size_t known, uint8_t type, size_t length)
{
    return type >= known || lengths[type] == 0 || lengths[type] == length;
}

static const struct rdata_fault *sshfp_check(const uint8_t *rdata, size_t length)
{
    static const struct rdata_fault wrong = {"SSHFPRRDATAIllegalFingerprint",
                                             "Fingerprint has the wrong length for its type"};
    static const uint8_t lengths[] = {0, 20, 32}; /* SHA-1, SHA-256: RFC 4255, RFC 6594 */

    return is_digest_length(lengths, sizeof(lengths), rdata[1], length - 2) ? NULL : &wrong;
}

static const struct rdata_fault *tlsa_check(const uint8_t *rdata, size_t length)
{
    static const struct rdata_fault wrong = {"TLSARRDATAIllegalData",
                                             "Data has the wrong length for its matching type"};
    static const uint8_t lengths[] = {0, 32, 64}; /* all of it, SHA-256, SHA-512: RFC 6698 */

    return is_digest_length(lengths, sizeof(lengths), rdata[2], length - 3) ? NULL : &wrong;
}

/**
 * Everything that is said about input: errors with AWS's names and messages, unknown fields,
 * dangling references. A report is filled by the calls that take one; NULL is always allowed there.
 */
#ifndef R53_REPORT_H
#define R53_REPORT_H

#include <r53/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A list of findings, in the order they were made. One thread at a time. */
typedef struct r53_report r53_report;

/** How grave a finding is; passed as int32_t. */
enum r53_severity {
    R53_SEVERITY_NOTE = 1,    /**< a fact worth knowing: a field that was not read */
    R53_SEVERITY_WARNING = 2, /**< accepted, but it breaks a rule or leads nowhere */
    R53_SEVERITY_ERROR = 3    /**< refused */
};

/** One finding. Text members are never NULL when lent; "" means not known. */
typedef struct r53_finding {
    uint32_t size;        /**< sizeof(r53_finding) */
    int32_t severity;     /**< enum r53_severity */
    int32_t code;         /**< enum r53_error */
    int32_t line;         /**< 1-based line in the document, 0: not from a document */
    int32_t column;       /**< 1-based column, 0: not known */
    uint32_t reserved;    /**< 0 */
    const char *aws_name; /**< AWS's error name: "InvalidChangeBatch" */
    const char *rule;     /**< rule of the rulebook: "R53-TYPE-04" */
    const char *path;     /**< place in the input: "ResourceRecordSets[3].TTL" */
    const char *text;     /**< one sentence: the value, and what was expected */
} r53_finding;

/**
 * Makes an empty report.
 * @param out        receives the report; free with r53_report_free
 * @param allocator  copied; NULL: malloc
 * @return R53_OK, R53_E_NOMEM, R53_E_INVALID (the allocator struct)
 */
R53_API int32_t r53_report_new(r53_report **out, const r53_allocator *allocator);

/** Frees the report and all that it lent. */
R53_API void r53_report_free(r53_report *report);

/** Forgets all findings; the place set by r53_report_locate too. */
R53_API void r53_report_clear(r53_report *report);

/**
 * Findings held. At least one more after a call that took this report and failed, whatever the
 * fault: a value, NULL in place of what is needed, no memory. Only R53_E_NO_SPACE may leave none.
 */
R53_API size_t r53_report_count(const r53_report *report);

/** Findings of this severity. O(n). */
R53_API size_t r53_report_count_of(const r53_report *report, int32_t severity);

/**
 * Reads finding `index` (0-based).
 * @param finding  its size set by the caller; texts are lent until the report changes
 * @return R53_OK, R53_E_NOT_FOUND, R53_E_INVALID (finding->size)
 */
R53_API int32_t r53_report_get(const r53_report *report, size_t index, r53_finding *finding);

/**
 * Adds a finding of the host's own; texts are copied, NULL counts as "", `rule` is not kept, the path
 * is put behind the one set by r53_report_locate. Without memory the finding is dropped.
 * @return R53_OK, R53_E_NOMEM, R53_E_INVALID
 */
R53_API int32_t r53_report_add(r53_report *report, const r53_finding *finding);

/**
 * Sets the place that findings added from now on carry, unless they bring their own.
 * @param path  copied, cut to 255 bytes; NULL: none
 */
R53_API void r53_report_locate(r53_report *report, const char *path, int32_t line, int32_t column);

/**
 * HTTP status that AWS sends with an error of this name (R53-ERR-40), for hosts that speak its
 * protocol.
 * @param aws_name  as in a finding, "NoSuchHostedZone"; borrowed
 * @return 400, 401, 404 or 409; 0: NULL or "", which is no error of AWS's
 *
 * O(1). AWS Route 53 API: errors of each call.
 */
R53_API int32_t r53_error_http_status(const char *aws_name);

#ifdef __cplusplus
}
#endif

#endif

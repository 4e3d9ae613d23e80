/**
 * The regular expression engine that a host may lend to a cloud (r53_cloud_options), for the regex
 * conditions and the transforms of Application Load Balancer rules (ELB-ALB-COND-70,
 * ELB-ALB-XFORM-01). libr53 has none of its own: without an engine such rules are refused with
 * R53_E_UNSUPPORTED, by a change as well as by an import.
 *
 * An engine for patterns that others wrote must not backtrack: its time should be at most
 * proportional to pattern times text, as RE2's is.
 */
#ifndef R53_REGEX_H
#define R53_REGEX_H

#include <r53/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Flags of compiling. */
enum r53_regex_flag {
    R53_REGEX_IGNORE_CASE = 1 /**< ASCII letters match whatever their case */
};

/** The whole match (place 0) and its groups $1 to $9. */
#define R53_REGEX_SPANS 10

/** A matched stretch of the text. Frozen: no member will be added. */
typedef struct r53_regex_span {
    int64_t first; /**< offset of its first byte; -1: the group took no part */
    int64_t end;   /**< offset behind its last byte; -1 as well */
} r53_regex_span;

/**
 * An engine. The functions may be called by any thread that uses the cloud, a view of it or a
 * selection; they may allocate. `ctx` and what it points to must stay valid until the cloud and all
 * its views are freed.
 */
typedef struct r53_regex_engine {
    uint32_t size;     /**< sizeof(r53_regex_engine) */
    uint32_t reserved; /**< 0 */
    void *ctx;         /**< handed to the functions */
    /**
     * Compiles a pattern.
     * @param pattern  borrowed, NUL-terminated
     * @param flags    enum r53_regex_flag, or 0
     * @param program  receives what `match` takes; given back with `release`
     * @return R53_OK, R53_E_INVALID (not a pattern of the engine's language), R53_E_NOMEM
     */
    int32_t (*compile)(void *ctx, const char *pattern, int32_t flags, void **program);
    /**
     * Finds the leftmost match anywhere in the text.
     * @param text     borrowed, may hold any byte, not NUL-terminated
     * @param spans    receives the match and its groups; groups that the pattern does not have are
     *                 -1
     * @param n_spans  length of spans, 0 to R53_REGEX_SPANS
     * @return 1 (found), 0 (not found), R53_E_NOMEM or another error code
     */
    int32_t (*match)(void *ctx, const void *program, const char *text, size_t length,
                     r53_regex_span *spans, size_t n_spans);
    /** Gives a compiled pattern back. Never called with NULL. */
    void (*release)(void *ctx, void *program);
} r53_regex_engine;

#ifdef __cplusplus
}
#endif

#endif

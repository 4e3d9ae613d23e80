/**
 * libr53-regex: RE2 as the regular expression engine of a cloud (<r53/regex.h>). A third library
 * (pkg-config r53-regex), so that who needs no regular expressions needs no C++. It allocates; time
 * is at most proportional to pattern times text.
 */
#ifndef R53_REGEX_RE2_H
#define R53_REGEX_RE2_H

#include <r53/regex.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Fills in an engine for r53_cloud_options. Patterns are of RE2's language without what Elastic Load
 * Balancing refuses (ELB-ALB-COND-70): look-around, back-references and the like RE2 does not have,
 * `\p{...}` is left out. Text is bytes.
 * @param engine  its size is set by the caller; needs no freeing
 * @return R53_OK, R53_E_INVALID (engine NULL, or not of a known size)
 */
R53_API int32_t r53_regex_re2(r53_regex_engine *engine);

#ifdef __cplusplus
}
#endif

#endif

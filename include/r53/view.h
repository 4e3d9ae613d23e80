/**
 * The view: a cloud, what was observed, and *now*, bound together with everything prepared. All
 * questions go to a view. It never changes; any number of threads may ask it, without locks.
 */
#ifndef R53_VIEW_H
#define R53_VIEW_H

#include <r53/cloud.h>
#include <r53/observed.h>
#include <r53/report.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A snapshot to put questions to. Reference-counted. */
typedef struct r53_view r53_view;

/**
 * Makes a view. Later changes of the cloud and of the observed do not show in it; zones are shared,
 * not copied.
 * @param out       receives the view with one reference; release with r53_view_release
 * @param cloud     borrowed; must not change during the call
 * @param observed  borrowed; NULL: nothing was observed
 * @param now_ms    milliseconds of any epoch
 * @param report    gains what leads nowhere: dangling aliases, unknown target groups; may be NULL
 * @return R53_OK, R53_E_NOMEM, R53_E_INVALID
 *
 * O(zones + aliases + load balancers + targets).
 */
R53_API int32_t r53_view_new(r53_view **out, const r53_cloud *cloud, const r53_observed *observed,
                             int64_t now_ms, r53_report *report);

/** Takes a reference; returns the view. Any thread. */
R53_API const r53_view *r53_view_retain(const r53_view *view);

/** Gives a reference back; the last one frees the view. NULL does nothing. Any thread. */
R53_API void r53_view_release(const r53_view *view);

/** The view's time, as given. */
R53_API int64_t r53_view_now(const r53_view *view);

#ifdef __cplusplus
}
#endif

#endif

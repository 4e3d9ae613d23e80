/*
 * Numbers of the events that a trace records; their texts are told by lib/flow.
 */
#ifndef R53_LIB_BASE_EVENTS_H
#define R53_LIB_BASE_EVENTS_H

#define EVENT(symbol, number, name, text) EVENT_##symbol = number,
enum event {
#include "base/events.def"
};
#undef EVENT

#endif

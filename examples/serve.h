/*
 * r53-serve's parts: how answers are made, the board on which the view hangs, and the two
 * transports. UDP threads block in the kernel and share nothing but the board; one more thread
 * holds all TCP connections.
 */
#ifndef R53_EXAMPLES_SERVE_H
#define R53_EXAMPLES_SERVE_H

#include <r53/respond.h>
#include <r53/view.h>

#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

/* Milliseconds after which a thread without queries looks at the board. */
enum { TICK_MS = 200 };

/*
 * Where the threads find the view. Its number tells them that a new one hangs there; the lock is
 * taken only then.
 */
struct board {
    pthread_mutex_t lock;
    const r53_view *view;
    atomic_uint number; /* of the view; never 0 */
    atomic_bool stop;
};

/* Hangs up a view, which the board then owns. */
void board_put(struct board *board, const r53_view *view);

/* What a thread holds of the board. Each answer is of one view, from its question to its end. */
struct held {
    const r53_view *view; /* NULL: none yet */
    unsigned number;
};

/* Takes the view that hangs there now, if it isn't the one held. */
void held_renew(struct held *held, struct board *board);
void held_drop(struct held *held);

/* A service: one port on some addresses. */
struct service {
    struct board board;
    r53_peer peer; /* how to answer; who asks is filled in by the threads */
    bool has_seed; /* the draws begin at peer.seed instead of anywhere */
    size_t max_connections;
    int idle_ms; /* that a connection may take for its next query, or for a response */
};

/* The numbers that chance is made of: one for each query. */
struct seeds {
    uint64_t state;
};
struct seeds seeds_begin(const struct service *service);
uint64_t seeds_next(struct seeds *seeds);

/* A thread that answers: UDP has one socket, TCP all listeners. */
struct worker {
    struct service *service;
    pthread_t thread;
    int sockets[16];
    size_t n_sockets;
    bool tells_destination; /* UDP: bound to any address, so answers must say from which */
    uint64_t n_queries;     /* answered; to be read when the thread has ended */
    bool is_running;
};

void *serve_udp(void *worker);
void *serve_tcp(void *worker);

/* Fills in who asks. */
void peer_set_address(r53_peer *peer, const struct sockaddr_storage *address);

#endif

/*
 * A thread that answers datagrams, a batch at a time: what has come is received in one call,
 * answered in one call, and sent in one call. All buffers are set up once; a batch touches only
 * lengths.
 */
#define _GNU_SOURCE /* recvmmsg, sendmmsg */

#include "serve.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/uio.h>

enum {
    BATCH = 32,
    PAYLOAD = 4096,     /* octets of a datagram, either way */
    ROOM = PAYLOAD + 64 /* no power of two: the datagrams' beginnings share no cache set */
};

/* One datagram's way in and out. */
struct datagram {
    struct sockaddr_storage from;
    struct iovec in, out;
    union {
        size_t align; /* as struct cmsghdr has it */
        char octets[CMSG_SPACE(sizeof(struct in6_pktinfo))];
    } control;
    r53_peer peer;
    r53_exchange exchange;
    uint8_t query[ROOM], response[ROOM];
};

struct batch {
    struct worker *worker;
    int socket;
    struct held held;
    struct seeds seeds;
    struct mmsghdr in[BATCH], out[BATCH];
    r53_exchange *exchanges[BATCH];
    struct datagram datagrams[BATCH];
};

static void datagram_begin(struct batch *batch, size_t i)
{
    struct datagram *d = &batch->datagrams[i];

    d->in = (struct iovec){d->query, PAYLOAD};
    d->peer = batch->worker->service->peer;
    d->peer.transport = R53_TRANSPORT_UDP;
    d->exchange = (r53_exchange){.size = sizeof(d->exchange),
                                 .peer = &d->peer,
                                 .query = d->query,
                                 .response = d->response,
                                 .capacity = PAYLOAD};
    batch->exchanges[i] = &d->exchange;
    batch->in[i].msg_hdr = (struct msghdr){
        .msg_name = &d->from, .msg_namelen = sizeof(d->from), .msg_iov = &d->in, .msg_iovlen = 1};
}

static void batch_begin(struct batch *batch, struct worker *worker)
{
    *batch = (struct batch){.worker = worker, .socket = worker->sockets[0]};
    batch->seeds = seeds_begin(worker->service);
    for (size_t i = 0; i < BATCH; i++)
        datagram_begin(batch, i);
}

/* Waits for at least one datagram, but not when stopping: then only for what is there. */
static size_t batch_receive(struct batch *batch, bool stop)
{
    int n;

    if (batch->worker->tells_destination) {
        for (size_t i = 0; i < BATCH; i++) {
            batch->in[i].msg_hdr.msg_control = &batch->datagrams[i].control;
            batch->in[i].msg_hdr.msg_controllen = sizeof(batch->datagrams[i].control);
        }
    }
    n = recvmmsg(batch->socket, batch->in, BATCH, stop ? MSG_DONTWAIT : MSG_WAITFORONE, NULL);
    return n > 0 ? (size_t)n : 0;
}

static void batch_answer(struct batch *batch, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct datagram *d = &batch->datagrams[i];

        d->exchange.n_query = batch->in[i].msg_len;
        d->peer.seed = seeds_next(&batch->seeds);
        peer_set_address(&d->peer, &d->from);
    }
    r53_respond_many(batch->held.view, batch->exchanges, n);
}

/* Back to where each came from. A client that cannot be reached holds up nobody. */
static void batch_send(struct batch *batch, size_t n)
{
    unsigned filled = 0, sent = 0;

    for (size_t i = 0; i < n; i++) {
        struct msghdr *in = &batch->in[i].msg_hdr;
        struct datagram *d = &batch->datagrams[i];

        if (d->exchange.length > 0) { /* others are to be dropped */
            d->out = (struct iovec){d->response, d->exchange.length};
            batch->out[filled].msg_hdr = *in;
            batch->out[filled].msg_hdr.msg_iov = &d->out;
            batch->out[filled++].msg_hdr.msg_flags = 0;
        }
        in->msg_namelen = sizeof(d->from);
    }
    batch->worker->n_queries += filled;
    while (sent < filled) {
        int done = sendmmsg(batch->socket, batch->out + sent, filled - sent, 0);

        if (done > 0)
            sent += (unsigned)done;
        else if (errno != EINTR)
            sent++;
    }
}

void *serve_udp(void *argument)
{
    struct worker *worker = argument;
    struct board *board = &worker->service->board;
    struct batch *batch = malloc(sizeof(*batch));
    bool stop = false;
    size_t n = 0;

    if (!batch) {
        perror("r53-serve: UDP");
        return NULL;
    }
    batch_begin(batch, worker);
    while (n > 0 || !stop) {
        stop = atomic_load_explicit(&board->stop, memory_order_relaxed);
        n = batch_receive(batch, stop);
        held_renew(&batch->held, board);
        batch_answer(batch, n);
        batch_send(batch, n);
    }
    held_drop(&batch->held);
    free(batch);
    return NULL;
}

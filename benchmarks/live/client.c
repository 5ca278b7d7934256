/* Many browsers in one thread: WebSocket, Engine.IO and Socket.IO just as far as the benchmarks need them.
 *
 *     client HOST PORT BROWSERS AT_ONCE [COOKIE]
 *
 * Each browser connects, joins the room "hall" and answers pings. Then commands are read from the standard input, one a line, and each
 * is answered with one line of JSON:
 *
 *     fan SECONDS WINDOW      browser 0 posts to the room, WINDOW messages in flight, and everybody hears them
 *     rate SECONDS A_SECOND   browser 0 posts so many a second, whatever becomes of them
 *     idle SECONDS            only pings are answered
 *
 * Times are the client's own clock, carried in the message.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTING, SHAKING_HANDS, OPENING, JOINING, INSIDE, GONE };
enum { TEXT = 1, CLOSE = 8, PING = 9, PONG = 10 };
enum { EVENTS = 512, READ = 1 << 18, SAMPLES = 1 << 20 };

struct browser { int fd, state; uint8_t *rest; size_t rest_length; };

static struct browser *browsers;
static int count, inside, gone, poller;
static struct sockaddr_in address;
static const char *host, *cookie = "";
static uint8_t incoming[READ];

static uint64_t posted, heard;
static uint32_t latencies[SAMPLES];         /* microseconds; beyond so many every next one replaces an older one */
static uint64_t sampled;

static const char TEXT_OF_MESSAGE[] =
    "\xe6\x98\x8e\xe6\x97\xa5\xe3\x81\xae\xe4\xbc\x9a\xe8\xad\xb0\xe3\x81\xaf\xe5\x8d\x81\xe6\x99\x82\xe3\x81\x8b\xe3\x82\x89\xe7\xac\xac"
    "\xe4\xba\x8c\xe4\xbc\x9a\xe8\xad\xb0\xe5\xae\xa4\xe3\x81\xab\xe5\xa4\x89\xe3\x82\x8f\xe3\x82\x8a\xe3\x81\xbe\xe3\x81\x97\xe3\x81\x9f"
    "\xe3\x80\x82\xe8\xb3\x87\xe6\x96\x99\xe3\x81\xaf\xe5\x85\xb1\xe6\x9c\x89\xe3\x83\x95\xe3\x82\xa9\xe3\x83\xab\xe3\x83\x80\xe3\x81\xab"
    "\xe3\x81\x82\xe3\x82\x8a\xe3\x81\xbe\xe3\x81\x99\xe3\x80\x82\xe3\x82\x88\xe3\x82\x8d\xe3\x81\x97\xe3\x81\x8f\xe9\xa1\x98\xe3\x81\x84";

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000ull + time.tv_nsec / 1000;
}

static void leave(struct browser *b) {
    if (b->state == GONE) return;
    if (b->state == INSIDE) inside--;
    b->state = GONE;
    gone++;
    close(b->fd);
    free(b->rest);
    b->rest = NULL;
}

/* Masked with zeros, which leaves the text as it is; the server cannot know. */
static void say(struct browser *b, int opcode, const char *text, size_t length) {
    uint8_t frame[4096];
    size_t head = 2;
    frame[0] = 0x80 | opcode;
    if (length < 126) {
        frame[1] = 0x80 | length;
    } else {
        frame[1] = 0x80 | 126;
        frame[2] = length >> 8;
        frame[3] = length;
        head = 4;
    }
    memset(frame + head, 0, 4);
    memcpy(frame + head + 4, text, length);
    if (send(b->fd, frame, head + 4 + length, MSG_NOSIGNAL) != (ssize_t)(head + 4 + length)) leave(b);
}

static void post(void) {
    char text[2048];
    int length = snprintf(text, sizeof text, "42[\"post\",{\"room\":\"hall\",\"t\":%llu,\"id\":123456,\"author\":{\"id\":42,\"name\":\"\xe8\x97\xa4"
                          "\xe5\x80\x89 \xe7\xbe\x8e\xe5\x92\xb2\"},\"text\":\"%s\"}]", (unsigned long long)now(), TEXT_OF_MESSAGE);
    posted++;
    say(&browsers[0], TEXT, text, length);
}

static void hear(const char *text, size_t length) {
    const char *at = memmem(text, length < 120 ? length : 120, "\"t\":", 4);
    if (!at) return;
    heard++;
    latencies[sampled++ % SAMPLES] = now() - strtoull(at + 4, NULL, 10);
}

static void receive(struct browser *b, int opcode, const char *text, size_t length) {
    static const char join[] = "40{\"name\":\"anna\",\"rooms\":[\"hall\"]}";
    if (opcode == CLOSE) {
        leave(b);
    } else if (opcode == PING) {
        say(b, PONG, text, length);
    } else if (length == 1 && text[0] == '2') {
        say(b, TEXT, "3", 1);
    } else if (b->state == OPENING) {
        b->state = JOINING;
        say(b, TEXT, join, sizeof join - 1);
    } else if (b->state == JOINING && length > 1 && text[1] == '0') {
        b->state = INSIDE;
        inside++;
    } else if (b->state == JOINING) {
        leave(b);
    } else if (length > 2 && text[0] == '4' && text[1] == '2') {
        hear(text, length);
    }
}

/* Returns how many bytes were whole frames. */
static size_t take_frames(struct browser *b, const uint8_t *data, size_t length) {
    size_t at = 0;
    while (b->state != GONE && length - at >= 2) {
        uint64_t size = data[at + 1] & 127;
        size_t head = size == 126 ? 4 : size == 127 ? 10 : 2;
        if (length - at < head) break;
        if (head > 2) {
            size = 0;
            for (size_t i = 2; i < head; i++) size = size << 8 | data[at + i];
        }
        if (length - at < head + size) break;
        receive(b, data[at] & 15, (const char *)data + at + head, size);
        at += head + size;
    }
    return at;
}

static size_t take_answer(struct browser *b, const uint8_t *data, size_t length) {
    const uint8_t *end = memmem(data, length, "\r\n\r\n", 4);
    if (!end) return 0;
    if (length < 12 || memcmp(data + 9, "101", 3)) {
        fprintf(stderr, "refused: %.*s\n", (int)(length < 200 ? length : 200), data);
        leave(b);
        return length;
    }
    b->state = OPENING;
    return end + 4 - data;
}

static void take(struct browser *b, uint8_t *data, size_t length) {
    size_t used = b->state == SHAKING_HANDS ? take_answer(b, data, length) : 0;
    if (b->state >= OPENING && b->state < GONE) used += take_frames(b, data + used, length - used);
    if (b->state == GONE || used == length) return;
    b->rest_length = length - used;
    b->rest = malloc(b->rest_length);
    memcpy(b->rest, data + used, b->rest_length);
}

static void read_from(struct browser *b) {
    ssize_t length = recv(b->fd, incoming, sizeof incoming, 0);
    if (length <= 0) {
        if (length == 0 || errno != EAGAIN) leave(b);
        return;
    }
    if (!b->rest) {
        take(b, incoming, length);
        return;
    }
    uint8_t *joined = realloc(b->rest, b->rest_length + length);
    memcpy(joined + b->rest_length, incoming, length);
    b->rest = NULL;
    take(b, joined, b->rest_length + length);
    free(joined);
}

static void watch(struct browser *b, int operation, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = b};
    epoll_ctl(poller, operation, b->fd, &event);
}

static void start(struct browser *b) {
    int one = 1;
    b->state = CONNECTING;
    b->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(b->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(b->fd, (struct sockaddr *)&address, sizeof address) < 0 && errno != EINPROGRESS) {
        leave(b);
        return;
    }
    watch(b, EPOLL_CTL_ADD, EPOLLOUT);
}

static void shake_hands(struct browser *b) {
    char text[2048];
    int length = snprintf(text, sizeof text,
                          "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: %s:%d\r\nOrigin: http://%s:%d\r\n"
                          "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36\r\n"
                          "Accept-Language: ja,en-US;q=0.9,en;q=0.8\r\nAccept-Encoding: gzip, deflate, br, zstd\r\nCache-Control: no-cache\r\n"
                          "Pragma: no-cache\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                          "Sec-WebSocket-Version: 13\r\n%s%s%s\r\n",
                          host, ntohs(address.sin_port), host, ntohs(address.sin_port), *cookie ? "Cookie: " : "", cookie, *cookie ? "\r\n" : "");
    b->state = SHAKING_HANDS;
    watch(b, EPOLL_CTL_MOD, EPOLLIN);
    if (send(b->fd, text, length, MSG_NOSIGNAL) != length) leave(b);
}

static void turn(int milliseconds) {
    struct epoll_event events[EVENTS];
    int ready = epoll_wait(poller, events, EVENTS, milliseconds);
    for (int i = 0; i < ready; i++) {
        struct browser *b = events[i].data.ptr;
        if (b->state == GONE) continue;
        if (b->state == CONNECTING) shake_hands(b);
        else read_from(b);
    }
}

static int ascending(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void report(double seconds, uint64_t before) {
    uint64_t many = sampled < SAMPLES ? sampled : SAMPLES;
    qsort(latencies, many, sizeof *latencies, ascending);
    printf("{\"seconds\":%.3f,\"posted\":%llu,\"delivered\":%llu,\"p50_ms\":%.2f,\"p99_ms\":%.2f,\"inside\":%d,\"gone\":%d}\n", seconds,
           (unsigned long long)posted, (unsigned long long)(heard - before), many ? latencies[many / 2] / 1e3 : 0,
           many ? latencies[many * 99 / 100] / 1e3 : 0, inside, gone);
    fflush(stdout);
}

static void fan(double seconds, int window) {
    uint64_t began = now(), end = began + seconds * 1e6, late = end + 5000000;
    posted = heard = sampled = 0;
    while (now() < end && browsers[0].state == INSIDE) {
        while (posted < heard / inside + window && browsers[0].state == INSIDE) post();
        turn(100);
    }
    while (heard < posted * inside && now() < late) turn(100);
    report((now() - began) / 1e6, 0);
}

static void rate(double seconds, double a_second) {
    uint64_t began = now(), end = began + seconds * 1e6, late = end + 5000000, time;
    posted = heard = sampled = 0;
    while ((time = now()) < end && browsers[0].state == INSIDE) {
        while (posted < (time - began) / 1e6 * a_second) post();
        turn(5);
    }
    while (heard < posted * inside && now() < late) turn(100);
    report((now() - began) / 1e6, 0);
}

static void idle(double seconds) {
    uint64_t began = now(), end = began + seconds * 1e6;
    posted = heard = sampled = 0;
    while (now() < end) turn(100);
    report((now() - began) / 1e6, 0);
}

static void come_in(int at_once) {
    uint64_t began = now(), end = began + 120000000ull;
    int started = 0;
    while (inside + gone < count && now() < end) {
        while (started < count && started - inside - gone < at_once) start(&browsers[started++]);
        turn(100);
    }
    report((now() - began) / 1e6, 0);
}

int main(int argc, char **argv) {
    struct rlimit files;
    char line[256];
    double seconds, value;
    if (argc < 5) return 2;
    host = argv[1];
    count = atoi(argv[3]);
    if (argc > 5) cookie = argv[5];
    address = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(atoi(argv[2]))};
    inet_pton(AF_INET, host, &address.sin_addr);
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    browsers = calloc(count, sizeof *browsers);
    poller = epoll_create1(0);
    come_in(atoi(argv[4]));
    while (fgets(line, sizeof line, stdin)) {
        if (sscanf(line, "fan %lf %lf", &seconds, &value) == 2) fan(seconds, value);
        else if (sscanf(line, "rate %lf %lf", &seconds, &value) == 2) rate(seconds, value);
        else if (sscanf(line, "idle %lf", &seconds) == 1) idle(seconds);
    }
    return 0;
}

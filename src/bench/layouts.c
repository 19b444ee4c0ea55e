/*
 * What a search for the number of a call costs, in tests of the number by all calls together. On stdin, for each search,
 * the count of pieces and then for each piece
 *
 *     FIRST LAST ACTION CALLS
 *
 * in the order of the numbers and covering all of them; a number that was called is a piece by itself, other neighbours
 * with the same action are one. ACTION is a number from 0 to 63, 0 that of unlisted calls. For each search it prints
 *
 *     ALPHABETIC BOUND NODES          then for each node of minijail's search, the last one first to run
 *     VALUE IS_EQUALITY YES NO        a node that was printed before, or -1 - ACTION
 *
 * ALPHABETIC is the cost of the best search that divides at borders between actions. BOUND is a lower bound for all
 * searches that compare the number with constants, for order or for equality.
 *
 * With an argument it tries that many random searches, and every search there is for each, against these claims.
 */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST 1024
#define ACTIONS 64
/* How many numbers the bound follows as found by a test for equality; it assumes that all after them cost nothing. */
#define FOUND 12
#define MANY 1000000

struct piece {
	uint32_t first, last;
	int action;
	int64_t calls;
};

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* By dynamic programming in n^2 steps, as Knuth does for binary search trees. */
static int64_t alphabetic(const struct piece *pieces, int count)
{
	static int64_t cost[MOST][MOST + 1], before[MOST + 1];
	static int root[MOST][MOST + 1];
	int ranges = 0;

	for (int i = 0; i < count; i++) {
		if (i == 0 || pieces[i].action != pieces[i - 1].action) {
			before[ranges + 1] = before[ranges];
			ranges++;
		}
		before[ranges] += pieces[i].calls;
	}
	for (int i = 0; i < ranges; i++) {
		cost[i][i + 1] = 0;
		root[i][i + 1] = i + 1;
	}
	for (int length = 2; length <= ranges; length++) {
		for (int i = 0, j = length; j <= ranges; i++, j++) {
			int low = root[i][j - 1] > i ? root[i][j - 1] : i + 1;
			int high = root[i + 1][j] < j ? root[i + 1][j] : j - 1;

			cost[i][j] = INT64_MAX;
			for (int k = low; k <= high; k++) {
				if (cost[i][k] + cost[k][j] < cost[i][j]) {
					cost[i][j] = cost[i][k] + cost[k][j];
					root[i][j] = k;
				}
			}
			cost[i][j] += before[j] - before[i];
		}
	}
	return cost[0][ranges];
}

/* How many numbers there are besides those of one action, at least. */
static int others(const struct piece *pieces, int from, int to)
{
	int64_t all = 0, of[ACTIONS] = {0}, most = 0;

	for (int i = from; i < to; i++) {
		int64_t size = least((int64_t)pieces[i].last - pieces[i].first + 1, MANY);

		all += size;
		of[pieces[i].action] += size;
		if (of[pieces[i].action] > most)
			most = of[pieces[i].action];
	}
	return least(all - most, MANY);
}

static int falling(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x < y) - (x > y);
}

/*
 * A search for some neighbouring pieces of which n numbers were found by tests for equality costs at least cost[n]. Which
 * ones they were is left open, each time in favour of the cost: those that were called most do not run the next test; they
 * lie on the side of a border where they save most; and once as many were found as there are numbers besides those of one
 * action, nothing is left to test. So whatever a search does, it costs no less, which follows from small parts to large
 * ones. A border within a piece is no better than one at its end, because a part costs no less than a part of it.
 */
static int64_t bound(const struct piece *pieces, int count)
{
	static int64_t *cost[MOST][MOST + 1];
	static int64_t sorted[MOST];
	int64_t result;

	for (int length = 1; length <= count; length++) {
		for (int from = 0, to = length; to <= count; from++, to++) {
			int64_t *own = calloc(FOUND + 2, sizeof *own), divided[FOUND + 1], running = 0;
			int needed = others(pieces, from, to);

			for (int n = 0; n <= FOUND; n++)
				divided[n] = INT64_MAX;
			for (int border = from + 1; border < to; border++) {
				const int64_t *below = cost[from][border], *above = cost[border][to];

				for (int n = 0; n <= FOUND; n++)
					for (int m = 0; n + m <= FOUND; m++)
						divided[n + m] = least(divided[n + m], below[n] + above[m]);
			}
			for (int i = from; i < to; i++) {
				sorted[i - from] = pieces[i].calls;
				running += pieces[i].calls;
			}
			qsort(sorted, length, sizeof *sorted, falling);
			for (int n = 0; n <= FOUND; n++)
				running -= n < length ? sorted[n] : 0;
			for (int n = FOUND; n >= 0; n--) {
				running += n < length ? sorted[n] : 0;
				own[n] = n >= needed ? 0 : running + least(divided[n], own[n + 1]);
			}
			cost[from][to] = own;
		}
	}
	result = cost[0][count][0];
	for (int from = 0; from < count; from++)
		for (int to = from + 1; to <= count; to++)
			free(cost[from][to]);
	return result;
}

/* minijail: compile_seccomp_policy.py with --optimization-strategy=bst (the default) and an @frequency file. */
struct node {
	uint32_t value;
	int is_equality, yes, no;
};
struct range {
	int64_t first, end, calls;
	int action;
};

static struct node nodes[8 * MOST];
static int node_count;
static struct range ranges[MOST];
static int range_count;
static int64_t chain[MOST][MOST + 1];
/* Whether the bounds that are known below and above are those of the first and the last range. */
static int64_t best[2][2][MOST][MOST + 1];

static int node(int64_t value, int is_equality, int yes, int no)
{
	nodes[node_count] = (struct node){value, is_equality, yes, no};
	return node_count++;
}

static int tests(const struct range *range)
{
	return range->end - range->first == 1 || range->first == 0 ? 1 : 2;
}

static int single(const struct range *range, int no)
{
	int action = -1 - range->action;

	if (range->end - range->first == 1)
		return node(range->first, 1, action, no);
	if (range->first == 0)
		return node(range->end, 0, no, action);
	return node(range->first, 0, node(range->end, 0, no, action), no);
}

static int rarer(const void *a, const void *b)
{
	const struct range *x = *(struct range *const *)a, *y = *(struct range *const *)b;

	return x->calls != y->calls ? (x->calls > y->calls) - (x->calls < y->calls) : (x > y) - (x < y);
}

static void rarest_first(const struct range **order, int from, int to)
{
	for (int i = from; i < to; i++)
		order[i - from] = &ranges[i];
	qsort(order, to - from, sizeof *order, rarer);
}

static int64_t chain_cost(int from, int to)
{
	const struct range *order[MOST];
	int64_t cost = 0, calls = 0;

	rarest_first(order, from, to);
	for (int i = 0; i < to - from; i++) {
		calls += order[i]->calls;
		cost += calls * tests(order[i]);
	}
	return cost;
}

static int64_t minijail_split(int from, int k, int to, int below, int above, int is_first)
{
	int touches = ranges[k - 1].end == ranges[k].first;

	return best[below][is_first ? touches : 1][from][k] + best[is_first ? 1 : touches][above][k][to];
}

static int minijail_node(int from, int to, int below, int above)
{
	const struct range *order[MOST];
	int64_t wanted = best[below][above][from][to], calls = 0;
	int next = -1;

	if (to - from == 1)
		return below && above ? -1 - ranges[from].action : single(&ranges[from], -1);
	if (chain[from][to] == wanted) {
		rarest_first(order, from, to);
		for (int i = 0; i < to - from; i++)
			next = single(order[i], next);
		return next;
	}
	for (int i = from; i < to; i++)
		calls += ranges[i].calls;
	for (int k = from + 1; k < to; k++) {
		for (int is_first = 1; is_first >= 0; is_first--) {
			if (calls + minijail_split(from, k, to, below, above, is_first) == wanted) {
				int touches = ranges[k - 1].end == ranges[k].first;
				int left = minijail_node(from, k, below, is_first ? touches : 1);
				int right = minijail_node(k, to, is_first ? 1 : touches, above);

				return node(is_first ? ranges[k].first : ranges[k - 1].end, 0, right, left);
			}
		}
	}
	abort();
}

/* The node that runs first. */
static int minijail(const struct piece *pieces, int count)
{
	node_count = range_count = 0;
	for (int i = 0; i < count; i++) {
		const struct piece *piece = &pieces[i];
		struct range *last = range_count ? &ranges[range_count - 1] : NULL;
		int64_t size = (int64_t)piece->last - piece->first + 1;
		/* a call that the file does not list counts once; so does the border of x32, which is no list of calls */
		int64_t calls = piece->calls ? piece->calls : size < MOST ? size : 1;

		if (piece->action == 0)
			continue;
		if (last && last->end == piece->first && last->action == piece->action) {
			last->end = piece->last + 1L;
			last->calls += calls;
		} else {
			ranges[range_count++] = (struct range){piece->first, piece->last + 1L, calls, piece->action};
		}
	}
	for (int length = 1; length <= range_count; length++) {
		for (int from = 0, to = length; to <= range_count; from++, to++) {
			int64_t calls = 0;

			for (int i = from; i < to; i++)
				calls += ranges[i].calls;
			chain[from][to] = chain_cost(from, to);
			for (int state = 0; state < 4; state++) {
				int below = state & 1, above = state >> 1;
				int64_t cost = chain[from][to];

				if (length == 1)
					cost = state == 3 ? 0 : tests(&ranges[from]) * calls;
				for (int k = from + 1; k < to; k++)
					for (int is_first = 0; is_first < 2; is_first++)
						cost = least(cost, calls + minijail_split(from, k, to, below, above, is_first));
				best[below][above][from][to] = cost;
			}
		}
	}
	return range_count ? minijail_node(0, range_count, ranges[0].first == 0, 0) : -1;
}

static int64_t minijail_cost(const struct piece *pieces, int count, int start)
{
	int64_t cost = 0;

	for (int i = 0; i < count; i++) {
		int at = start;

		for (; at >= 0; cost += pieces[i].calls) {
			int yes = nodes[at].is_equality ? pieces[i].first == nodes[at].value : pieces[i].first >= nodes[at].value;

			at = yes ? nodes[at].yes : nodes[at].no;
		}
		if (at != -1 - pieces[i].action)
			return -1;
	}
	return cost;
}

/* Every set of numbers, and every test of it. */
static int64_t exhaustive(const struct piece *numbers, int count)
{
	static int64_t cheapest[1 << 12];

	for (int set = 1; set < 1 << count; set++) {
		int64_t calls = 0, cost = INT64_MAX;
		int first = -1, is_decided = 1;

		for (int i = 0; i < count; i++) {
			if (set >> i & 1) {
				calls += numbers[i].calls;
				first = first < 0 ? numbers[i].action : first;
				is_decided &= first == numbers[i].action;
			}
		}
		for (int i = 0; i < count && !is_decided; i++) {
			int below = set & ((1 << i) - 1);

			if (below && below != set)
				cost = least(cost, cheapest[below] + cheapest[set & ~below]);
			if (set >> i & 1 && set != 1 << i)
				cost = least(cost, cheapest[set & ~(1 << i)]);
		}
		cheapest[set] = is_decided ? 0 : calls + cost;
	}
	return cheapest[(1 << count) - 1];
}

static unsigned chance(unsigned range)
{
	static uint64_t state = 1;

	state = state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(state >> 33) % range;
}

static int prove(int times)
{
	for (int time = 0; time < times; time++) {
		struct piece numbers[10], pieces[10];
		int size = 2 + chance(9), actions = 2 + chance(3), count = 0;
		int64_t low, exact, high, theirs;

		for (int i = 0; i < size; i++) {
			struct piece next = {i, i, chance(actions), chance(3) ? 1 << chance(10) : 0};
			struct piece *last = count ? &pieces[count - 1] : NULL;

			numbers[i] = next;
			if (last && last->action == next.action && last->calls == 0 && next.calls == 0)
				last->last = i;
			else
				pieces[count++] = next;
		}
		low = bound(pieces, count);
		exact = exhaustive(numbers, size);
		high = alphabetic(pieces, count);
		theirs = minijail_cost(pieces, count, minijail(pieces, count));
		if (low > exact || exact > high || theirs < exact) {
			fprintf(stderr, "bound %" PRId64 ", exact %" PRId64 ", alphabetic %" PRId64 ", minijail %" PRId64 "\n",
				low, exact, high, theirs);
			return 1;
		}
	}
	return 0;
}

int main(int argc, char **argv)
{
	static struct piece pieces[MOST];
	int count;

	if (argc > 1)
		return prove(atoi(argv[1]));
	while (scanf("%d", &count) == 1 && count > 0 && count <= MOST) {
		for (int i = 0; i < count; i++) {
			struct piece *piece = &pieces[i];

			if (scanf("%" SCNu32 "%" SCNu32 "%d%" SCNd64, &piece->first, &piece->last, &piece->action,
				  &piece->calls) != 4 || piece->action < 0 || piece->action >= ACTIONS)
				return 2;
		}
		int start = minijail(pieces, count);

		if (minijail_cost(pieces, count, start) < 0)
			return 2;
		printf("%" PRId64 " %" PRId64 " %d\n", alphabetic(pieces, count), bound(pieces, count), node_count);
		for (int i = 0; i < node_count; i++)
			printf("%" PRIu32 " %d %d %d\n", nodes[i].value, nodes[i].is_equality, nodes[i].yes, nodes[i].no);
	}
	return 0;
}

/*
 * Threads, a mutex and the heap: what a small server does at start. A condition is waited for and signalled, so that each
 * run calls futex, and not only one whose threads happen to meet.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;
static int done;
static long total;

static void *add(void *numbers)
{
	long *each = numbers;
	for (int i = 0; i < 1000; i++) {
		pthread_mutex_lock(&lock);
		total += each[i];
		pthread_mutex_unlock(&lock);
	}
	free(numbers);
	pthread_mutex_lock(&lock);
	done++;
	pthread_cond_signal(&ready);
	pthread_mutex_unlock(&lock);
	return NULL;
}

int main(void)
{
	pthread_t threads[4];
	pthread_mutex_lock(&lock);
	for (int t = 0; t < 4; t++) {
		long *numbers = malloc(200000 * sizeof *numbers);
		for (int i = 0; i < 1000; i++)
			numbers[i] = i;
		if (pthread_create(&threads[t], NULL, add, numbers) != 0) {
			puts("no thread");
			return 1;
		}
	}
	while (done < 4)
		pthread_cond_wait(&ready, &lock);
	pthread_mutex_unlock(&lock);
	for (int t = 0; t < 4; t++)
		pthread_join(threads[t], NULL);
	printf("total %ld\n", total);
	return 0;
}

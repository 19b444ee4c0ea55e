/* Threads, a mutex and the heap: what a small server does at start. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
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
	return NULL;
}

int main(void)
{
	pthread_t threads[4];
	for (int t = 0; t < 4; t++) {
		long *numbers = malloc(200000 * sizeof *numbers);
		for (int i = 0; i < 1000; i++)
			numbers[i] = i;
		if (pthread_create(&threads[t], NULL, add, numbers) != 0) {
			puts("no thread");
			return 1;
		}
	}
	for (int t = 0; t < 4; t++)
		pthread_join(threads[t], NULL);
	printf("total %ld\n", total);
	return 0;
}

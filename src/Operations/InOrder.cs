using System.Runtime.CompilerServices;

namespace Courier.Operations;

/// <summary>Maps a sequence with several of its elements under way at a time, in its order, and never more of it in memory.</summary>
internal static class InOrder
{
    public static async IAsyncEnumerable<TResult> SelectAsync<T, TResult>(
        this IAsyncEnumerable<T> source, Func<T, Task<TResult>> map, int atOnce, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Queue<Task<TResult>> running = new(atOnce);
        await foreach (T element in source.WithCancellation(cancellationToken))
        {
            if (running.Count == atOnce)
                yield return await running.Dequeue();
            running.Enqueue(map(element));
        }

        while (running.TryDequeue(out Task<TResult>? next))
            yield return await next;
    }
}

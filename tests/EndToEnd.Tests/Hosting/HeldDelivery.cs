using System.Text;
using Courier.Storage;

namespace Courier.EndToEnd.Tests.Hosting;

/// <summary>A message in the handler. The handler returns, or throws, when the test says so.</summary>
internal sealed class HeldDelivery(QueuedMessage message, UnsteadyQueue queue, CancellationToken stopping)
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task End => _end.Task;

    public string Text { get; } = Encoding.UTF8.GetString(message.Body.Span);

    public long DequeueCount => message.DequeueCount;

    /// <summary>Cancelled when the listener is to stop.</summary>
    public CancellationToken Stopping => stopping;

    /// <summary>Returns.</summary>
    public void Return() => _end.TrySetResult();

    public void Throw(Exception? error = null) => _end.SetException(error ?? new InvalidOperationException("The handler failed."));

    /// <summary>Returns, and waits until the listener has tried to delete the message.</summary>
    public Task ReturnAsync() => EndAsync(Return);

    /// <summary>Throws, and waits until the listener has tried to give the message back or to delete it.</summary>
    public Task ThrowAsync(Exception? error = null) => EndAsync(() => Throw(error));

    private async Task EndAsync(Action end)
    {
        int before = queue.Count(Operation.Return, Operation.Delete);
        end();
        await Eventually.TrueAsync(() => queue.Count(Operation.Return, Operation.Delete) > before);
    }
}

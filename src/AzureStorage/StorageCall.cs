using Azure;
using Azure.Identity;
using Courier.Storage;

namespace Courier.AzureStorage;

/// <summary>One operation on a queue or container: what is missing is created, and every failure becomes Courier's own.</summary>
/// <param name="place">What the operation is about, for whoever reads of its failure.</param>
internal sealed class StorageCall(string place, Func<CancellationToken, Task> create)
{
    public async Task<T> RunAsync<T>(Func<Task<T>> operation, CancellationToken cancellationToken)
    {
        try
        {
            return await OnceExistingAsync(operation, cancellationToken);
        }
        catch (Exception e) when (IsOfStorage(e) && !cancellationToken.IsCancellationRequested)
        {
            throw Failure(e);
        }
    }

    private async Task<T> OnceExistingAsync<T>(Func<Task<T>> operation, CancellationToken cancellationToken)
    {
        try
        {
            return await operation();
        }
        catch (RequestFailedException e) when (e.ErrorCode is "QueueNotFound" or "ContainerNotFound")
        {
            await create(cancellationToken);
            return await operation();
        }
    }

    /// <summary>The client's own retries end in an AggregateException, its timeouts in a cancellation that nobody asked for.</summary>
    private static bool IsOfStorage(Exception e) => e switch
    {
        RequestFailedException or OperationCanceledException or AuthenticationFailedException or HttpRequestException or IOException => true,
        AggregateException many => many.InnerExceptions.All(IsOfStorage),
        _ => false,
    };

    private static string FirstSentence(string text) => text.Split('\n')[0].Split(". ")[0].Trim().TrimEnd('.') + ".";

    private StorageFailureException Failure(Exception e)
    {
        Exception cause = e is AggregateException many ? many.InnerExceptions[^1] : e;
        string problem = cause switch
        {
            RequestFailedException { ErrorCode: { Length: > 0 } code } refused => $"the storage answered {refused.Status} {code}.",
            RequestFailedException { Status: > 0 } refused => $"the storage answered {refused.Status}.",
            OperationCanceledException => "the storage did not answer in time.",
            CredentialUnavailableException => "no identity is signed in here.",
            AuthenticationFailedException => FirstSentence(cause.Message),
            _ => cause.Message.Split('\n')[0].Trim().TrimEnd('.') + ".",
        };
        return new StorageFailureException(place, problem, (cause as RequestFailedException) is { } failed ? StorageRemedy.For(failed.Status, failed.ErrorCode) : null, e);
    }
}

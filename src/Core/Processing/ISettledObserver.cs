using Courier.Storage;

namespace Courier.Processing;

/// <summary>Is told of each message after its disposition has been applied, and of the storage's failures on the way.</summary>
public interface ISettledObserver
{
    void OnSettled(Settled settled);

    void OnStorageFailed(StorageFailureException failure)
    {
    }
}

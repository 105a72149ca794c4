namespace Courier.Processing;

/// <summary>Is told of each message after its disposition has been applied.</summary>
public interface ISettledObserver
{
    void OnSettled(Settled settled);
}

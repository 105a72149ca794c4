namespace Courier.Resilience;

/// <summary>Whether a call may be repeated within the process: repetitions use the API's quota too.</summary>
public interface IRetryBudget
{
    /// <summary>Asked before each repetition. Never throws.</summary>
    /// <param name="within">The repetition follows within this time.</param>
    ValueTask<bool> TryTakeAsync(TimeSpan within);
}

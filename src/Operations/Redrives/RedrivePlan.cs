using Courier.Pacing;

namespace Courier.Operations.Redrives;

/// <summary>What a redrive would do, before anybody says yes.</summary>
/// <param name="What">The filter or the ids, as they were given.</param>
/// <param name="Blobs">The records that match now.</param>
/// <param name="Forecast">When all of them, and what waits already, would have been called.</param>
public sealed record RedrivePlan(string What, IReadOnlyList<string> Blobs, DrainForecast Forecast);

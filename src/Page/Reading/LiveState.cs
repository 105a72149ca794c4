using Courier.Operations.Overview;
using Courier.Page.Acting;

namespace Courier.Page.Reading;

/// <summary>Everything that the page shows live.</summary>
/// <param name="Minutes">The calls of all instances, the oldest minute first.</param>
internal sealed record LiveState(CourierStatus Status, IReadOnlyList<CallMinute> Minutes, IReadOnlyList<RedriveView> Redrives);

using Courier.Messages;

namespace Courier.Schedules;

/// <summary>A request and when it is due.</summary>
/// <param name="Request">Its id is none yet: each run has its own.</param>
public sealed record Schedule(string Name, CronExpression Cron, ApiRequest Request);

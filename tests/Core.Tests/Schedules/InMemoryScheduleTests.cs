using Courier.Contracts;
using Courier.Storage;

namespace Courier.Tests.Schedules;

public sealed class InMemoryScheduleTests : ScheduleContract
{
    protected override IStorage NewStorage(TimeProvider time) => new InMemoryStorage(time);
}

using FsCheck;
using FsCheck.Fluent;

namespace Courier.Tests.Quota;

/// <summary>A property that must hold for whatever a generator of random numbers comes up with; a failure names its seed.</summary>
internal static class RandomWalk
{
    public static void Hold(int runs, Action<Random> body) => Check.One(
        Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(runs),
        Prop.ForAll(Gen.Choose(0, 1_000_000_000).ToArbitrary(), seed =>
        {
            body(new Random(seed));
            return true;
        }));

    public static TimeSpan Seconds(this Random random, double least, double most) => TimeSpan.FromSeconds(least + ((most - least) * random.NextDouble()));
}

namespace Courier.Operations.Examination;

/// <summary>One thing that was looked at.</summary>
/// <param name="What">The setting, queue, container, clock, host or key.</param>
/// <param name="Finding">What was found, as a sentence.</param>
/// <param name="Remedies">What to do; nothing where it is well.</param>
public sealed record Diagnosis(string What, Condition Condition, string Finding, IReadOnlyList<string> Remedies)
{
    public static Diagnosis Good(string what, string finding) => new(what, Condition.Good, finding, []);

    public static Diagnosis Doubtful(string what, string finding, params IReadOnlyList<string> remedies) => new(what, Condition.Doubtful, finding, remedies);

    public static Diagnosis Bad(string what, string finding, params IReadOnlyList<string> remedies) => new(what, Condition.Bad, finding, remedies);
}

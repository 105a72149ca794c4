using System.Text.Json;
using Courier.Messages;
using Courier.Origin;
using Microsoft.Extensions.Options;

namespace Courier.Schedules;

internal sealed class ScheduleOptionsRules(IEnumerable<IConfigureOptions<ApiOptions>> api) : IValidateOptions<ScheduleOptions>
{
    private const int LongestName = 64;

    private static readonly (string Name, string Why)[] s_own = [("id", "each run makes its own"), ("delivery", "it is Courier's own"), ("notBefore", "the schedule says when")];

    public ValidateOptionsResult Validate(string? name, ScheduleOptions options)
    {
        IOptions<ApiOptions> known = Options.Create(AsSet());
        EnvelopeReader reader = new(known);
        KeyRedaction redaction = new(known);
        List<string> errors = [];
        foreach (ScheduleSetting schedule in options.Schedules)
        {
            string key = $"{nameof(ScheduleOptions.Schedules)}:{schedule.Number}";
            AddIf(errors, $"{key}:Name", schedule.Name, NameProblem(schedule, options.Schedules));
            AddIf(errors, $"{key}:Cron", schedule.Cron, CronProblem(schedule.Cron));
            AddIf(errors, $"{key}:TimeZone", schedule.TimeZone, ZoneProblem(schedule));
            AddIf(errors, $"{key}:Request", Quotation.Short(redaction.Clean(schedule.Request)), RequestProblem(schedule, reader));
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    /// <summary>What is wrong with <c>Api:*</c> itself is told by its own rules, and hides nothing here. The base address has no say in what a path may look like.</summary>
    private ApiOptions AsSet()
    {
        ApiOptions set = new();
        foreach (IConfigureOptions<ApiOptions> configure in api)
            configure.Configure(set);
        ApiOptions known = new() { AllowedHeaders = set.AllowedHeaders, Key = set.Key, KeyHeader = set.KeyHeader };
        foreach ((string name, string value) in set.Headers)
            known.Headers[name] = value;
        return known;
    }

    private static void AddIf(List<string> errors, string key, string value, string? problem)
    {
        if (problem is not null)
            errors.Add($"{key} is {(value.Length == 0 ? "not set" : $"'{value}'")}: {problem}");
    }

    private static string? NameProblem(ScheduleSetting schedule, IReadOnlyList<ScheduleSetting> all)
    {
        if (!RequestIdentity.IsValid(schedule.Name) || schedule.Name.Length > LongestName)
            return $"it must be 1 to {LongestName} characters out of A-Z a-z 0-9 . _ - .";
        return all.FirstOrDefault(other => string.Equals(other.Name, schedule.Name, StringComparison.OrdinalIgnoreCase)) is { } first && first != schedule
            ? $"it must be another name than that of Schedules:{first.Number}; capitals make no difference."
            : null;
    }

    private static string? CronProblem(string cron)
    {
        const string allowed = "it must be six fields (second minute hour day month weekday), like 0 30 6 * * 1-5.";
        return cron.Length == 0 ? allowed : CronExpression.Problem(cron) is { } problem ? $"{allowed} {problem}" : null;
    }

    private static string? ZoneProblem(ScheduleSetting schedule) => schedule.Zone is null
        ? "it must be the name of a time zone in the IANA database that this machine knows, like Europe/Vienna or America/New_York; UTC when not set."
        : null;

    private static string? RequestProblem(ScheduleSetting schedule, EnvelopeReader reader)
    {
        const string allowed = "it must be the JSON text of a request message without `id` and `delivery`, like {\"method\":\"GET\",\"path\":\"/companies/example.com\"}.";
        if (schedule.Request.Length == 0)
            return allowed;
        string[] problems = [.. OwnFields(schedule), .. reader.Read(schedule.Message) is Reading.Malformed malformed ? [malformed.Why] : Array.Empty<string>()];
        return problems.Length == 0 ? null : $"{allowed} {string.Join(' ', problems)}";
    }

    private static string[] OwnFields(ScheduleSetting schedule)
    {
        try
        {
            JsonElement request = JsonElement.Parse(MessageText.Decode(schedule.Message.Body).Span);
            return request.ValueKind != JsonValueKind.Object ? []
                : s_own.Where(field => request.TryGetProperty(field.Name, out _)).Select(field => $"`{field.Name}` must be left out: {field.Why}.").ToArray();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return []; // no JSON, as the reader says
        }
    }
}

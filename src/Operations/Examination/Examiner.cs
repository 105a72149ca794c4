using System.Runtime.CompilerServices;
using Courier.Configuration;
using Microsoft.Extensions.Options;

namespace Courier.Operations.Examination;

/// <summary>Looks at all that Courier needs: settings, storage, clocks, the API and its key. Of each it says how it is, and what to do.</summary>
/// <param name="settings">Null where the host validates none.</param>
public sealed class Examiner(StorageExamination storage, ApiExamination api, IStartupValidator? settings = null)
{
    /// <summary>One by one, as they are found out. Wrong settings end it: everything else would be examined in the wrong place.</summary>
    public async IAsyncEnumerable<Diagnosis> ExamineAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Diagnosis[] wrong = WrongSettings();
        foreach (Diagnosis diagnosis in wrong)
            yield return diagnosis;
        if (wrong.Length > 0)
            yield break;
        yield return Diagnosis.Good("settings", "All are valid.");
        bool isStorageWell = true;
        await foreach (Diagnosis diagnosis in storage.ExamineAsync(cancellationToken))
        {
            isStorageWell &= diagnosis.Condition != Condition.Bad;
            yield return diagnosis;
        }

        if (!isStorageWell)
        {
            yield return Diagnosis.Doubtful("API", "Not called: the call could not be charged to the quota, whose ledger is in the storage.", "Mend the storage first.");
            yield break;
        }

        await foreach (Diagnosis diagnosis in api.ExamineAsync(cancellationToken))
            yield return diagnosis;
    }

    private Diagnosis[] WrongSettings()
    {
        try
        {
            settings?.Validate();
            return [];
        }
        catch (Exception e) when (StartupErrors.Failures(e) is { Count: > 0 } failures)
        {
            return [.. failures.Select(failure => Diagnosis.Bad("settings", failure, "Correct the setting; in an environment variable the ':' of its name is written '__'."))];
        }
    }
}

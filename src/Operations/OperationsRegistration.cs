using Courier.Operations.Accounting;
using Courier.Operations.Audit;
using Courier.Operations.DeadLetters;
using Courier.Operations.Examination;
using Courier.Operations.Orders;
using Courier.Operations.Overview;
using Courier.Operations.Redrives;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Courier.Operations;

/// <summary>Registers what the command line and the page may see and do; beside Courier's own registration.</summary>
public static class OperationsRegistration
{
    private static readonly Type[] s_singletons =
    [
        typeof(AuditLog), typeof(TraceReader), typeof(CallHistory), typeof(DeadLetterBook), typeof(DeadLetterPurge), typeof(OrderDesk), typeof(SharedDocuments), typeof(QueueReader), typeof(QuotaOutlook), typeof(StatusReader),
        typeof(ApiExamination), typeof(Examiner), typeof(StorageExamination),
        typeof(RedriveStore), typeof(RedriveSender), typeof(RedriveWatch), typeof(RedriveSteps), typeof(Redrive),
    ];

    public static IServiceCollection AddCourierOperations(this IServiceCollection services)
    {
        foreach (Type type in s_singletons)
            services.TryAddSingleton(type);
        return services;
    }
}

using System.Reflection;
using Courier.Alerts;
using Courier.Api;
using Courier.Messages;
using Courier.Origin;
using Courier.Pacing;
using Courier.Paging;
using Courier.Routing;
using Courier.Sinks;
using Courier.Tests.Messages;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Routing;

/// <summary>Walks the cases of the closed types, so that a new case cannot be forgotten where cases are told apart.</summary>
public sealed class ClosedTypesTests
{
    public static TheoryData<Type> CallResults => [.. Cases<CallResult>()];

    public static TheoryData<Type> Dispositions => [.. Cases<Disposition>()];

    public static TheoryData<DeadLetterReason> Reasons => [.. Enum.GetValues<DeadLetterReason>()];

    [Theory]
    [MemberData(nameof(CallResults))]
    public void Every_result_of_a_call_is_decided_and_named(Type type)
    {
        CallResult result = (CallResult)Create(type);

        Disposition disposition = new RoutingPolicy(Options.Create(new RoutingOptions()), Options.Create(new ApiOptions()), () => 0).Decide(TestMessages.CreateEnvelope(), result, TestMessages.Posted);

        Assert.NotNull(disposition);
        Assert.Matches("^[a-z]+(-[a-z]+)*$", result.Outcome);
    }

    [Fact]
    public void Results_of_calls_have_different_names() => Assert.Distinct(Cases<CallResult>().Select(type => ((CallResult)Create(type)).Outcome));

    [Theory]
    [MemberData(nameof(Dispositions))]
    public void Every_disposition_is_named(Type type) => Assert.Matches("^[a-z]+(-[a-z]+)*$", ((Disposition)Create(type)).Name);

    [Fact]
    public void Dispositions_have_different_names() => Assert.Distinct(Cases<Disposition>().Select(type => ((Disposition)Create(type)).Name));

    [Fact]
    public void Every_refused_admission_is_decided() =>
        Assert.All(Cases<Admission>().Where(type => type != typeof(Admission.Granted)), type => Assert.NotNull(((Admission)Create(type)).Decide()));

    [Theory]
    [InlineData(typeof(CallResult))]
    [InlineData(typeof(Disposition))]
    [InlineData(typeof(Admission))]
    [InlineData(typeof(Reading))]
    [InlineData(typeof(NextPage))]
    [InlineData(typeof(RequestTarget))]
    [InlineData(typeof(DeliveryOutcome))]
    public void Nobody_can_add_a_case_from_outside(Type type)
    {
        Assert.True(type.IsAbstract);
        Assert.All(type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic), constructor =>
            Assert.True(constructor.IsPrivate || constructor.GetParameters() is [var copied] && copied.ParameterType == type));
        Assert.All(type.GetNestedTypes().Where(type.IsAssignableFrom), nested => Assert.True(nested.IsSealed));
    }

    [Theory]
    [InlineData(DeadLetterReason.Redirected, "redirected")]
    [InlineData(DeadLetterReason.BadRequest, "bad-request")]
    [InlineData(DeadLetterReason.Unauthorized, "unauthorized")]
    [InlineData(DeadLetterReason.Forbidden, "forbidden")]
    [InlineData(DeadLetterReason.NotFound, "not-found")]
    [InlineData(DeadLetterReason.Rejected, "rejected")]
    [InlineData(DeadLetterReason.ResponseTooLarge, "response-too-large")]
    [InlineData(DeadLetterReason.NextPageRefused, "next-page-refused")]
    [InlineData(DeadLetterReason.PageUnreadable, "page-unreadable")]
    [InlineData(DeadLetterReason.AnswerUnreadable, "answer-unreadable")]
    [InlineData(DeadLetterReason.AnswerNotKept, "answer-not-kept")]
    [InlineData(DeadLetterReason.OutcomeUnknown, "outcome-unknown")]
    [InlineData(DeadLetterReason.AttemptsExhausted, "attempts-exhausted")]
    [InlineData(DeadLetterReason.Expired, "expired")]
    [InlineData(DeadLetterReason.InvalidMessage, "invalid-message")]
    [InlineData(DeadLetterReason.Crashed, "crashed")]
    [InlineData(DeadLetterReason.Cancelled, "cancelled")]
    public void Reason_has_the_name_of_the_contract(DeadLetterReason reason, string name) => Assert.Equal(name, reason.Text());

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Every_reason_is_in_the_list_of_names(DeadLetterReason reason)
    {
        IEnumerable<object?> listed = typeof(ClosedTypesTests).GetMethod(nameof(Reason_has_the_name_of_the_contract))!
            .GetCustomAttributes<InlineDataAttribute>().Select(row => row.Data[0]);

        Assert.Contains(reason, listed);
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Every_reason_is_explained(DeadLetterReason reason)
    {
        DeadLetterGuide guide = CreateGuide();

        Explanation explanation = guide.Explain(reason, null, null, null);

        Assert.NotEmpty(explanation.Title);
        Assert.EndsWith(".", explanation.Cause, StringComparison.Ordinal);
        Assert.NotEmpty(explanation.Remedies);
        Assert.All(explanation.Remedies, remedy => Assert.EndsWith(".", remedy, StringComparison.Ordinal));
    }

    private static IEnumerable<Type> Cases<T>() => typeof(T).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(T)));

    /// <summary>A case with whatever its constructor asks for.</summary>
    private static object Create(Type type)
    {
        ConstructorInfo constructor = type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Value(parameter.ParameterType))]);
    }

    private static object? Value(Type type) =>
        type == typeof(ApiResponse) ? new ApiResponse(418, new Dictionary<string, string>(), ReadOnlyMemory<byte>.Empty)
        : type == typeof(string) ? "why"
        : Nullable.GetUnderlyingType(type) is null && type.IsValueType ? Activator.CreateInstance(type)
        : null;

    private static DeadLetterGuide CreateGuide() =>
        new(new ErrorGuide(Options.Create(new ApiOptions())), Options.Create(new ApiOptions()), Options.Create(new RoutingOptions()));
}

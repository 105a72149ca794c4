using Courier.Storage;

namespace Courier.LocalHost.Triggers;

/// <summary>What src/Functions binds by attributes, bound by hand: a name, what starts it, and the handler.</summary>
public abstract record LocalTrigger
{
    private LocalTrigger(string name) => Name = name;

    /// <summary>The function's name.</summary>
    public string Name { get; }

    /// <param name="Setting">Names the queue, as the trigger's attribute does.</param>
    /// <param name="GivesUp">Whether a message that fails too often is moved to the poison queue.</param>
    public sealed record Queue(
        string Name, string Setting, bool GivesUp, Func<CourierStorage, IMessageQueue> Of, Func<IServiceProvider, Func<QueuedMessage, CancellationToken, Task>> Handler)
        : LocalTrigger(Name);

    /// <summary>Each full minute.</summary>
    public sealed record Timer(string Name, Func<IServiceProvider, Func<CancellationToken, Task>> Handler) : LocalTrigger(Name)
    {
        /// <summary>The one schedule that <see cref="Timers.LocalTimer"/> keeps.</summary>
        public const string Schedule = "0 * * * * *";
    }
}

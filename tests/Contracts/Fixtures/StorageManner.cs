namespace Courier.Contracts;

/// <summary>How an operation of the storage goes.</summary>
public enum StorageManner
{
    Well,

    /// <summary>The storage says no, for now; nothing is done.</summary>
    Refused,

    /// <summary>Done, five seconds later.</summary>
    Slow,

    /// <summary>Done, but the answer is lost: to the caller it failed.</summary>
    Unanswered,

    /// <summary>The request is lost on its way: not done, and no answer.</summary>
    Lost,

    /// <summary>Another writer seems to have been faster, where that can be; else like <see cref="Refused"/>.</summary>
    Conflict,

    /// <summary>Somebody holds a lease: the storage says no until a person does something.</summary>
    Leased,

    /// <summary>The process ends here, before it is done.</summary>
    DeadBefore,

    /// <summary>The process ends here, when it is done.</summary>
    DeadAfter,
}

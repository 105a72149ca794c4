namespace Courier.EndToEnd.Tests.Hosting;

/// <summary>What a listener does to a queue.</summary>
internal enum Operation
{
    Send,
    Receive,

    /// <summary>Hides a message for another lease.</summary>
    Renew,

    /// <summary>Hides a message for any other time.</summary>
    Return,
    Delete,
}

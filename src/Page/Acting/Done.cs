namespace Courier.Page.Acting;

/// <summary>What was done, as a sentence.</summary>
internal sealed record Done(string Said);

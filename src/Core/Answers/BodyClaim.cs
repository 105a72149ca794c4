namespace Courier.Answers;

/// <summary>What an answer says that its body is.</summary>
internal enum BodyClaim
{
    /// <summary>It does not say, or not legibly.</summary>
    Nothing,

    /// <summary>By any of the names of it.</summary>
    Json,

    /// <summary>To read.</summary>
    Text,

    /// <summary>A file; also whatever is still in an unknown encoding.</summary>
    Data,
}

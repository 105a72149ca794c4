namespace Courier.Operations.Examination;

/// <summary>How it is with something that was examined.</summary>
public enum Condition
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Courier works, but somebody should look, or it could not be found out.</summary>
    Doubtful,

    /// <summary>Courier does not work like this.</summary>
    Bad,
}

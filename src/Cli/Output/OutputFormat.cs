namespace Courier.Cli.Output;

/// <summary>How a command writes what it found.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>One document.</summary>
    Json,

    /// <summary>One document a line, as they come.</summary>
    Ndjson,

    /// <summary>For spreadsheets.</summary>
    Csv,
}

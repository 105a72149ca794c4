namespace Courier.Answers;

/// <summary>A compressed body asks for more memory than Courier gives to one.</summary>
internal sealed class TooLargeWindowException(Exception? inner = null) : IOException("The body asks for too large a window.", inner);

namespace Courier.Settings;

/// <summary>An empty text is a value of the setting, and does not count as not set.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MayBeEmptyAttribute : Attribute;

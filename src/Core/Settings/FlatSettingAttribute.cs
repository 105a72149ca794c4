namespace Courier.Settings;

/// <summary>The setting has the property's name, without its section before it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FlatSettingAttribute : Attribute;

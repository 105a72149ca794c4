namespace Courier.Storage;

/// <summary>The storage account: its queues and blob containers by name. Asking for one does not create it.</summary>
public interface IStorage
{
    IMessageQueue Queue(string name);

    IBlobContainer Container(string name);

    /// <summary>What an exception of this storage says to a person, in a line; null for one that is not the storage's own.</summary>
    string? Explain(Exception exception) => null;
}

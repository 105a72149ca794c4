namespace Courier.Storage;

/// <summary>The storage account: its queues and blob containers by name. Asking for one does not create it.</summary>
public interface IStorage
{
    IMessageQueue Queue(string name);

    IBlobContainer Container(string name);
}

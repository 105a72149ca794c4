namespace Courier.LocalHost.Surroundings;

/// <summary>The checkout that this program was built in.</summary>
internal static class Repository
{
    public static DirectoryInfo Root { get; } = Find();

    private static DirectoryInfo Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Functions.sln")))
                return folder;
        }

        throw new SurroundingsException("The local host runs from a checkout of the repository only: no Functions.sln above " + AppContext.BaseDirectory);
    }
}

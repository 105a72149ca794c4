using Courier.Contracts;
using Courier.Messages;
using NetArchTest.Rules;

namespace Courier.Tests.Architecture;

/// <summary>The rooms of Core and the arrows between them, as docs/architecture.md draws them.</summary>
public sealed class RoomsTests
{
    /// <summary>Who has to learn a room learns its files.</summary>
    private const int MostFiles = 25;

    private static readonly string s_core = Repository.PathOf("src", "Core");

    private static readonly Types s_types = Types.InAssembly(typeof(ApiRequest).Assembly);

    public static TheoryData<string> Rooms => [.. Drawing.Floors.SelectMany(floor => floor)];

    [Fact]
    public void Every_folder_is_a_room_on_one_floor()
    {
        string[] folders = [.. Directory.GetDirectories(s_core).Select(folder => Path.GetFileName(folder)).Except(["bin", "obj"])];

        Assert.Equal(folders.Order(StringComparer.Ordinal), Drawing.Floors.SelectMany(floor => floor).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Room_knows_only_rooms_on_lower_floors(string room)
    {
        string[] forbidden = [.. Rooms.Select(row => row.Data).Except([room, .. Drawing.Below(room)]).Select(other => "Courier." + other)];

        NetArchTest.Rules.TestResult result = s_types.That().ResideInNamespace("Courier." + room).ShouldNot().HaveDependencyOnAny(forbidden).GetResult();

        Assert.True(result.IsSuccessful, $"{room} knows a room that is not below it: {string.Join(", ", result.FailingTypeNames ?? [])}");
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Room_is_one_namespace_of_few_files(string room)
    {
        string[] files = Directory.GetFiles(Path.Combine(s_core, room), "*", SearchOption.AllDirectories);

        Assert.InRange(files.Length, 1, MostFiles);
        Assert.All(files, file => Assert.Contains($"\nnamespace Courier.{room};\n", "\n" + File.ReadAllText(file).ReplaceLineEndings("\n"), StringComparison.Ordinal));
    }
}

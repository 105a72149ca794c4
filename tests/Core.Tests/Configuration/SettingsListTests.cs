using Courier.Settings;
using Microsoft.Extensions.Configuration;

namespace Courier.Tests.Configuration;

/// <summary>A list of small options classes within a section.</summary>
public sealed class SettingsListTests
{
    private enum Taste
    {
        Sweet,
        VerySalty,
    }

    [Fact]
    public void Entries_are_bound_in_the_order_of_their_numbers()
    {
        (Menu menu, IEnumerable<string> errors) = Bind(("Menu:Dishes:12:Name", "b"), ("Menu:Dishes:3:Name", "a"), ("Menu:Dishes:3:Taste", "verysalty"), ("Menu:Dishes:7:Name", ""), ("Menu:Seats", "4"));

        Assert.Empty(errors);
        Assert.Equal(4, menu.Seats);
        Assert.Equal([("a", Taste.VerySalty), ("b", Taste.Sweet)], menu.Dishes.Select(dish => (dish.Name, dish.Taste)));
    }

    [Theory]
    [InlineData("bitter")]
    [InlineData("7")]
    [InlineData("sweet,verysalty")]
    [InlineData("99999999999")]
    public void Value_outside_a_choice_is_an_error(string taste) =>
        Assert.Equal([$"Menu:Dishes:3:Taste is '{taste}': it must be one of sweet, verysalty."], Bind(("Menu:Dishes:3:Name", "a"), ("Menu:Dishes:3:Taste", taste)).Errors);

    [Fact]
    public void Every_fault_is_told_at_once() => Assert.Equal(
        ["Menu:Dishes:0:Tast", "Menu:Dishes:x", "Menu:Dishes:0:Taste", "Menu:Seats"],
        Bind(("Menu:Dishes:0:Taste", "?"), ("Menu:Dishes:0:Tast", "sweet"), ("Menu:Dishes:x:Name", "a"), ("Menu:Seats", "?")).Errors.Select(error => error.Split(' ')[0]));

    private static (Menu Menu, IEnumerable<string> Errors) Bind(params (string Key, string? Value)[] settings)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))).Build();
        Menu menu = new();
        return (menu, new SettingsBinder<Menu>(configuration, "Menu").Validate(null, menu).Failures ?? []);
    }

    private sealed class Menu
    {
        public IReadOnlyList<Dish> Dishes { get; set; } = [];

        public int Seats { get; set; }
    }

    private sealed class Dish
    {
        public string Name { get; set; } = "";

        public Taste Taste { get; set; }
    }
}

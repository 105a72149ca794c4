namespace Courier.EndToEnd.Tests.Hosting;

/// <summary>How many messages a listener takes, and when.</summary>
public sealed class ListenerPacingTests
{
    [Fact]
    public async Task Eight_messages_are_taken_whenever_sixteen_or_fewer_are_in_flight()
    {
        await using ListenerRig rig = ListenerRig.Create();
        await rig.StartAsync(Messages(100));

        List<HeldDelivery> inFlight = await rig.DeliveriesAsync(24);
        foreach (HeldDelivery delivery in inFlight[..8])
            await delivery.ReturnAsync();
        inFlight = [.. inFlight[8..], .. await rig.DeliveriesAsync(8)];

        Assert.Equal(24, rig.InHandler);
        for (int handled = 8; handled < 100; handled++)
        {
            if (inFlight.Count == 0)
                inFlight.Add(await rig.DeliveryAsync());
            await inFlight[0].ReturnAsync();
            inFlight.RemoveAt(0);
        }

        Assert.Equal((24, 100, 0), (rig.Peak, rig.Queue.Taken, await ListenerRig.LeftAsync(rig.Queue)));
        Assert.All(rig.Queue.Polls, poll => Assert.Equal(8, poll.Maximum));
        Assert.All(rig.Queue.Polls, poll => Assert.InRange(poll.Held, 0, 16));
    }

    [Fact]
    public async Task Failed_message_frees_its_place_like_a_handled_one()
    {
        await using ListenerRig rig = ListenerRig.Create();
        await rig.StartAsync(Messages(40));
        List<HeldDelivery> inFlight = await rig.DeliveriesAsync(24);

        foreach (HeldDelivery delivery in inFlight[..8])
            await delivery.ThrowAsync();

        await rig.DeliveriesAsync(8);
        Assert.Equal((24, 24), (rig.InHandler, rig.Peak));
    }

    [Fact]
    public async Task Polling_of_an_empty_queue_slows_down_from_100_ms_to_2_s_and_a_message_speeds_it_up_again()
    {
        await using ListenerRig rig = ListenerRig.Create();
        await rig.StartAsync();

        await rig.PassAsync(TimeSpan.FromSeconds(8));
        Assert.Equal([0, 0.1, 0.3, 0.7, 1.5, 3.1, 5.1, 7.1], Times(rig));

        await rig.PostAsync("message");
        HeldDelivery delivery = await rig.LaterDeliveryAsync();
        await rig.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal([9.1, 9.1, 9.2, 9.4, 9.8], Times(rig)[8..13]);
        await delivery.ReturnAsync();
    }

    [Fact]
    public async Task Full_queue_is_taken_without_a_pause()
    {
        await using ListenerRig rig = ListenerRig.Create();
        await rig.StartAsync(Messages(64));

        for (int batch = 1; batch <= 8; batch++)
        {
            foreach (HeldDelivery delivery in await rig.DeliveriesAsync(8))
                await delivery.ReturnAsync();
        }

        Assert.Equal(0, await ListenerRig.LeftAsync(rig.Queue));
        Assert.All(rig.Queue.Polls, poll => Assert.Equal(TimeSpan.Zero, poll.At));
    }

    private static string[] Messages(int count) => [.. Enumerable.Range(0, count).Select(number => $"message {number}")];

    private static List<double> Times(ListenerRig rig) => [.. rig.Queue.Polls.Select(poll => poll.At.TotalSeconds)];
}

// The portal's own script, as such portals have it: jQuery, tabs, a counter in the head of the page.
$(function () {
  $('#tabs a').click(function () {
    const pane = $(this).attr('href')
    $('.pane').hide()
    $(pane).show()
    // A widget that is put into the page later is found by the loader.
    if (pane === '#issues' && !$('mq-issue-tracker').length)
      $(pane).append('<mq-issue-tracker></mq-issue-tracker>')
    return false
  })

  // Events of the widgets bubble; jQuery keeps the event itself in `originalEvent`.
  let sent = 0
  $(document).on('mq-diary-sent', function (event) {
    sent++
    $('#sent')
      .text('今日已记 ' + sent + ' 篇')
      .attr('data-last', event.originalEvent.id)
  })
})
